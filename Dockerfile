# The image of a release. Its context is an unpacked archive of a Linux release. Not from scratch:
# `--changed-since` runs git, and the jobs of a CI service need a shell.
FROM alpine:3.23@sha256:fd791d74b68913cbb027c6546007b3f0d3bc45125f797758156952bc2d6daf40
# No version of git: Alpine keeps only the newest, so one named here would soon be gone. And a project
# that is mounted at /work may belong to another user than the one who reads it here.
# hadolint ignore=DL3018
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY eventc /usr/local/bin/
COPY LICENSE-APACHE LICENSE-MIT NOTICE /usr/share/licenses/eventc/
WORKDIR /work
USER 1000:1000
ENTRYPOINT ["eventc"]
