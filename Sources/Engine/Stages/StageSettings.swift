internal import Columnar

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
  /// Does what a stage of another package does; of its errors only what can hold no value of a row
  /// comes through.
  ///
  /// - Parameters:
  ///   - stage: the name of the stage, for errors.
  ///   - body: the work of the stage.
  /// - Returns: what the stage gives.
  /// - Throws: a `StageError`, or an error of our own that is known to hold no value.
  package static func guarding<Result>(
    _ stage: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as any ValueFreeError {
      throw error
    } catch let error as StageError {
      throw StageError(text: "\(stage): \(error)")
    } catch {
      throw StageError(
        text: "\(stage) failed with \(String(reflecting: type(of: error))); what it says is not "
          + "shown, since it may hold values of patients")
    }
  }
}
