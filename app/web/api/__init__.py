"""The addresses that programs and the pages' scripts use: `/api/v1/…`, documented by OpenAPI."""
