# docker buildx bake -f deploy/images/bake.hcl            every image, for this machine's architecture
# docker buildx bake -f deploy/images/bake.hcl detect     one
# PLATFORMS=linux/amd64,linux/arm64 REPOSITORY=registry.example/sightline docker buildx bake -f deploy/images/bake.hcl release
#
# What is baked by release has the time stamps of SOURCE_DATE_EPOCH, is described by an SBOM and its provenance, and is pushed.

variable "REPOSITORY" { default = "sightline" }
variable "TAG" { default = "0.1.0" }
variable "PLATFORMS" { default = "" }
# project.build.outputTimestamp of pom.xml
variable "SOURCE_DATE_EPOCH" { default = "1767225600" }

group "default" {
  targets = ["role", "embed-gpu"]
}

group "release" {
  targets = ["role-release", "embed-gpu-release"]
}

target "base" {
  context    = "."
  dockerfile = "deploy/images/Dockerfile"
  args       = { SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH }
}

target "role" {
  inherits  = ["base"]
  matrix    = { role = ["ingest", "detect", "embed", "match", "tools"] }
  name      = role
  args      = { ROLE = role }
  tags      = ["${REPOSITORY}-${role}:${TAG}"]
  platforms = PLATFORMS == "" ? [] : split(",", PLATFORMS)
}

target "embed-gpu" {
  inherits  = ["base"]
  args      = {
    ROLE     = "embed"
    PROFILES = "gpu"
    # What ONNX Runtime 1.29's GPU build is linked with: CUDA 12 and cuDNN 9.
    BASE     = "nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04"
  }
  tags      = ["${REPOSITORY}-embed-gpu:${TAG}"]
  platforms = ["linux/amd64"]
}

target "role-release" {
  inherits  = [role]
  matrix    = { role = ["ingest", "detect", "embed", "match", "tools"] }
  name      = "${role}-release"
  output    = ["type=image,push=true,rewrite-timestamp=true"]
  attest    = ["type=sbom", "type=provenance,mode=max"]
}

target "embed-gpu-release" {
  inherits = ["embed-gpu"]
  output   = ["type=image,push=true,rewrite-timestamp=true"]
  attest   = ["type=sbom", "type=provenance,mode=max"]
}
