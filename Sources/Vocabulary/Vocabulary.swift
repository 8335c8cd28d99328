// The module Vocabulary.
