"""Where heavy work runs: an embedded Dask cluster, or one you name; the code is the same for both.

    job_store.py        the jobs of this server: shared by equal settings, kept, stopped, viewed
    job.py              one job, and what a viewer sees of it
    viewers.py          who looks at a job, and who of them is still there
    attempt.py          an attempt of the cluster at a job
    wishes.py           what visitors may ask for next, to be compiled ahead
    dispatcher.py       the one thread between the store and the cluster: sends jobs, blames deaths
    admission.py        its queue: which job goes next, and to which worker
    connection.py       a connection to a cluster, as the dispatcher sees it
    dask_connection.py  the same over a Dask client
    cluster.py          which cluster, and how to reach it
    full_disk.py        names a full temporary disk as the cause
    embedded.py         the process that owns the embedded cluster
    renewal.py          replaces workers there that have grown large
    worker.py           what runs inside a worker process: jobs, which compute in turns
    ahead.py            what it compiles when nothing else is to be done
    outbox.py           what its jobs report, all together
    turns.py            threads that wait for their turn
    fair_share.py       whose turn is next

Importing this package is cheap: Dask is imported by the dispatcher's thread, TensorFlow only in
the workers.
"""

from rnnlab.compute.cluster import import_dask
from rnnlab.compute.job import Job, JobView
from rnnlab.compute.job_store import JobStore

__all__ = ["Job", "JobStore", "JobView", "import_dask"]
