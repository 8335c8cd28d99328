internal import Columnar
internal import CommonDataModel
internal import Engine

/// A trace as it is printed: it holds values of the CDM, of one person, because somebody asked.
package struct TraceReport: Codable, Hashable, Sendable {
  package struct Place: Codable, Hashable, Sendable {
    package var table: String
    package var file: String
    package var line: Int
  }

  package struct Row: Codable, Hashable, Sendable {
    package var table: String
    /// `nil` where the engine derived the row.
    package var rule: String?
    package var places: [Place]
    /// The fields that have a value, in the order of the CDM.
    package var fields: [Field]
  }

  package struct Field: Codable, Hashable, Sendable {
    package var name: String
    package var value: String
  }

  package struct Refusal: Codable, Hashable, Sendable {
    package var place: Place
    /// The rule; `nil` where the record never became a row.
    package var rule: String?
    package var kind: String
    package var reason: String
    package var field: String?
    /// The record on which this one depends.
    package var parent: Place?
  }

  package var rows: [Row]
  package var refused: [Refusal]

  init(_ trace: Trace, _ files: SourceFiles) throws {
    rows = try trace.rows.map { row in
      Row(
        table: row.table.name, rule: row.origin.rule,
        places: try row.origin.positions.map(files.place),
        fields: row.batch.schema.fields.enumerated().compactMap { index, field in
          row.batch.columns[index].text(0).map { Field(name: field.name, value: $0) }
        })
    }
    refused = try trace.refused.map { entry in
      Refusal(
        place: try files.place(entry.position), rule: entry.rule.isEmpty ? nil : entry.rule,
        kind: "\(entry.kind)", reason: entry.reason.rawValue, field: entry.field,
        parent: try entry.parent.map(files.place))
    }
  }
}
