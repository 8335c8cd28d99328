// The module Delimited.
