"""RNN Lab's entry: `streamlit run app.py`.

Streamlit imports this file once, when the server starts, for `app`; it runs it as a script, under
the name `__main__`, for every visitor.
"""

if __name__ == "__main__":
    from rnnlab.ui import frame

    frame.show()
else:
    import streamlit as st
    from starlette.middleware import Middleware

    from rnnlab.ui import scripts, server
    from rnnlab.ui.head_scripts import HeadScripts
    from rnnlab.ui.live_run import stream
    from rnnlab.ui.uploads import UploadBudget

    app = st.App(
        __file__,
        lifespan=server.lifespan,
        routes=[stream.ROUTE, scripts.ROUTE],
        middleware=[Middleware(UploadBudget), Middleware(HeadScripts)],
        on_script_error=server.apologise,
    )
