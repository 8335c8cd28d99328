package import Delimited

/// A cell whose text is no value of its column's type: the row has no value there.
package struct CellRejection: Hashable, Sendable {
  /// Why a cell was refused; the raw values are stable.
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    case notAnInteger = "not_an_integer"
    case notADecimal = "not_a_decimal"
    /// A number with more digits, before or after its mark, than the column holds.
    case decimalOverflow = "decimal_overflow"
    case notADate = "not_a_date"
    case notATimestamp = "not_a_timestamp"
    case notABoolean = "not_a_boolean"
    /// Bytes that the file's encoding has no character for.
    case badEncoding = "bad_encoding"
  }

  /// The row in the batch.
  package let row: Int
  /// The position among the declared columns.
  package let column: Int
  package let reason: Reason
}

/// A record that became no row.
package struct RecordRejection: Hashable, Sendable {
  /// Why a record was refused; the raw values are stable.
  package enum Reason: Hashable, Sendable {
    case refused(RefusedRecord.Reason)
    /// A cell of a column that says `on_error: reject`, by its position among the declared columns.
    case cell(column: Int, CellRejection.Reason)

    package var code: String {
      switch self {
      case .refused(let reason): reason.rawValue
      case .cell: "cell_rejected"
      }
    }
  }

  /// The byte of the file at which the record begins.
  package let offset: Int64
  package let reason: Reason
}
