"""The only package that knows Streamlit: controls, live views, links, and the frame of a page."""
