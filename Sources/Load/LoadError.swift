import Columnar

/// Why a target could not be loaded.
///
/// No value of a row appears here: the database names tables and fields, the file system paths.
package struct LoadError: Error, Sendable {
  /// The kind of failure, stable across versions.
  package enum Code: String, Sendable {
    /// The path of the target names a folder.
    case targetIsFolder = "target_is_folder"
    /// The folder that should hold the target does not exist.
    case folderMissing = "target_folder_missing"
    /// The path of the target names a file of another kind, which is not overwritten.
    case notADatabase = "target_not_a_database"
    /// The path of a CSV target names what is no folder, or one that holds other files than those of
    /// a CDM, which is not replaced.
    case notACSVFolder = "target_not_a_csv_folder"
    /// Another program loads or changes the target.
    case targetInUse = "target_in_use"
    /// The disk is full.
    case targetFull = "target_full"
    /// A row breaks a constraint: a required field without a value, a key twice.
    case rowRefused = "row_refused"
    /// A batch has a column that the table does not have, or of a type that it cannot hold.
    case columnRefused = "column_refused"
    /// The database or the file system refused for another reason.
    case writeFailed = "target_write_failed"
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension LoadError {
  init(_ error: FileError) {
    self.init(error.isDiskFull ? .targetFull : .writeFailed, error.description)
  }
}

extension LoadError: CustomStringConvertible {
  /// The code and the message.
  package var description: String { "\(code.rawValue): \(message)" }
}
