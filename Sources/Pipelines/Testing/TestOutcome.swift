package import Diagnostics

/// What came of one test of a pipeline.
package struct TestOutcome: Sendable {
  package var pipeline: String
  package var name: String
  package var position: Position
  /// What was otherwise than expected; empty when the test passed.
  package var failures: [Failure]
  package var seconds: Double

  /// One difference.
  package struct Failure: Hashable, Sendable {
    /// Where the expectation stands.
    package var position: Position?
    package var message: String
  }

  package var passed: Bool { failures.isEmpty }
}
