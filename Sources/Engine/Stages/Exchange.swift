package import Columnar

/// A place where the rows of a rule wait until all rows that share a key with them have come: the
/// rows of a joined table too large to be held whole, or the other rows of a group.
package struct ExchangeDefinition: Sendable {
  /// The columns of the rows that wait, behind those of `ExchangeHeader`.
  package var schema: Schema
  /// The joined table whose rows come beside them; `nil` where the rows meet one another.
  package var join: BroadcastRequest?

  package init(columns: [Field], join: BroadcastRequest?) {
    schema = Schema(ExchangeHeader.fields + columns)
    self.join = join
  }
}

/// The columns with which every row in an exchange begins.
package enum ExchangeHeader {
  /// The digest by which rows are brought together: rows of one key have one digest.
  package static let bucket = RowHeader.person
  package static let content0 = RowHeader.content0
  package static let content1 = RowHeader.content1
  package static let position = RowHeader.position
  /// Which of the rows that came of one source row the row is.
  package static let fan = RowHeader.fan
  /// Whether the row stands for its source row in the books.
  package static let isLead = "#lead"

  package static let fields: [Field] = [
    Field(bucket, .digest), Field(content0, .integer), Field(content1, .integer),
    Field(position, .integer), Field(fan, .integer), Field(isLead, .boolean),
  ]
}
