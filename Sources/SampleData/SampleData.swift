// The module SampleData.
