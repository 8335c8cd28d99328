// The module Pipelines.
