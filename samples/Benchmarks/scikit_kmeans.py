"""k-means of scikit-learn on a file of float32 rows: prints seconds of the clock and of the processor, inertia and iterations of one fit."""
import sys
import time

import numpy
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

path, values, clusters, n_init, threads, seed = sys.argv[1], *map(int, sys.argv[2:7])
rows = numpy.fromfile(path, dtype=numpy.float32).reshape(-1, values)
with threadpool_limits(threads):
    clock, processor = time.perf_counter(), time.process_time()
    model = KMeans(clusters, n_init=n_init, algorithm="lloyd", random_state=seed).fit(rows)
    print(time.perf_counter() - clock, time.process_time() - processor, model.inertia_, model.n_iter_)
