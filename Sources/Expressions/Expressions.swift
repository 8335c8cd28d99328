// The module Expressions.
