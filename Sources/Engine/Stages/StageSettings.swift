/// What a pipeline says to a stage under `settings:`, as it is written.
public struct StageSettings: Sendable {
  private let values: [String: String]

  /// Settings by name.
  public init(_ values: [String: String]) { self.values = values }

  /// A setting; `nil` where the pipeline does not give it.
  public subscript(_ name: String) -> String? { values[name] }
}

/// Why a stage cannot do its work.
///
/// Logs and reports show the text, so that it has to stand in the source code: it cannot be made of
/// a value of a row. Of any other error that a stage throws only the type is shown.
public struct StageError: Error, CustomStringConvertible, Sendable {
  /// The reason.
  public let description: String

  /// An error with a reason that stands in the source code.
  public init(_ reason: StaticString) { description = reason.description }

  package init(text: String) { description = text }
}

extension StageError {
  /// An error of a stage of another package, without anything that could be a value.
  package static func of(_ stage: String, _ error: any Error) -> StageError {
    if error is StageError { return StageError(text: "\(stage): \(error)") }
    return StageError(
      text:
        "\(stage) failed with \(String(reflecting: type(of: error))); what it says is not shown, "
        + "since it may hold values of patients")
  }
}
