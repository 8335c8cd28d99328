public import Columnar

/// A stage that computes new columns of the rows of an extract table.
///
/// It is a pure function of each row: any number of threads call it at once, with any number of rows,
/// and what a row gives may depend neither on the rows beside it nor on earlier calls. Identifiers
/// and keys of the source are never among its columns.
public protocol Step: Sendable {
  /// Computes the columns that the pipeline declares, in the order declared.
  ///
  /// - Parameters:
  ///   - rows: the columns that the pipeline names under `from:`.
  ///   - refused: gets the rows that cannot become rows of the table, which are counted and
  ///     quarantined; their values in the columns are of no account.
  /// - Returns: a column of each declared type, with a value or NULL for each row.
  /// - Throws: a `StageError` when the run has to stop.
  func columns(of rows: Batch, refused: inout [RefusedRow]) throws -> [Column]
}

/// A row that a step refused.
public struct RefusedRow: Hashable, Sendable {
  /// The position of the row in the batch.
  public let row: Int
  /// Why the row was refused.
  public let reason: ReasonCode

  /// A refusal.
  public init(_ row: Int, _ reason: ReasonCode) {
    self.row = row
    self.reason = reason
  }
}

/// What a pipeline says to a step.
public struct StepSettings: Sendable {
  /// The columns that the step gets, in their order.
  public let inputs: [Field]
  /// The columns that it has to compute; a `local_key` is asked for as a text.
  public let outputs: [Field]
  /// What the pipeline says under `settings:`.
  public let settings: StageSettings

  /// Settings, as a test of a step makes them.
  public init(inputs: [Field], outputs: [Field], settings: StageSettings) {
    self.inputs = inputs
    self.outputs = outputs
    self.settings = settings
  }
}

/// What is said to a loader.
public struct LoaderSettings: Sendable {
  /// What stands behind the colon of the target: a path, as a rule.
  public let address: String
  /// The bytes that a run may occupy; a loader should get by with an eighth of them.
  public let memory: Int

  /// Settings, as a test of a loader makes them.
  public init(address: String, memory: Int) {
    self.address = address
    self.memory = memory
  }
}
