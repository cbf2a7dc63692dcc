from __future__ import annotations


def test_a_file_sent_compressed_is_closed(as_):
    """Left open, it is a warning, and warnings are errors."""
    response = as_().client.get("/static/css/tokens.css", headers={"Accept-Encoding": "br"})
    response.close()
    assert (response.status_code, response.headers["Content-Encoding"]) == (200, "br")
