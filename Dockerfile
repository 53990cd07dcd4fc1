# Grading where this machine can make no sandbox: macOS, Windows, a Linux without user namespaces.
#
#   docker build -t course .
#   docker run --rm -it --user "$(id -u):$(id -g)" \
#     --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
#     --security-opt systempaths=unconfined --shm-size 512m \
#     -v "$PWD/class:/course/class" course grade 03_perceptron
#
# The three options let bubblewrap make namespaces inside the container and mount a /proc there; a
# container without them has no sandbox, and grading refuses. They take nothing of the sandbox away.
# podman needs none of them but `--security-opt unmask=ALL`. Say `doctor` instead of `grade …` to
# see whether it works.
FROM python:3.11-slim-bookworm

RUN apt-get update \
 && apt-get install -y --no-install-recommends bubblewrap fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /course
# A build of PyTorch for the CPU alone is smaller: give the index it lies on as TORCH_INDEX.
ARG TORCH_INDEX=
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} \
      -r requirements.txt -c constraints.txt
COPY . .
RUN pip install --no-cache-dir --no-deps -e . && chmod -R a+rX /course

ENV HOME=/tmp MPLCONFIGDIR=/tmp/matplotlib
ENTRYPOINT ["course"]
CMD ["doctor"]
