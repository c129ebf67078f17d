// Light or dark as the system says, before anything is drawn: Gradio does the same on its pages.
document.documentElement.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);
