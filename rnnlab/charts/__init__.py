"""The lab's pictures, and the tables they draw; colours by role. No Streamlit here.

A chart is made without its table, so that it can be made once and its rows sent as they come.
"""
