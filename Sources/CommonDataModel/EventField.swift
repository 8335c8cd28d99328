/// A field of an event before its table is known, and its image in each table.
///
/// A rule that says `into: event` fills event fields; once the concept's domain has chosen the
/// table, each value goes to the image of its field there. Where there is no image, the table
/// cannot hold the value: it is dropped and counted.
package struct EventField: Sendable {
  package let name: String
  private let images: [EventTable: String]

  /// A field whose image has a name of its own in each table.
  init(_ name: String, _ images: [EventTable: String]) {
    self.name = name
    self.images = images
    for (table, image) in images {
      precondition(table.table.index(image) != nil, "no field \(image) in \(table.rawValue)")
    }
  }

  /// A field that has the same name in every table that has it.
  init(_ name: String, in tables: [EventTable]) {
    self.init(name, Dictionary(uniqueKeysWithValues: tables.map { ($0, name) }))
  }

  /// The name of the field of a table that takes the value; `nil` where the table cannot hold it.
  package func image(in table: EventTable) -> String? { images[table] }

  /// The tables that can hold the field, in the order of `EventTable`.
  package var tables: [EventTable] { EventTable.allCases.filter { images[$0] != nil } }

  /// Whether a table requires the field.
  package func isRequired(in table: EventTable) -> Bool {
    images[table].flatMap { table.table.field($0)?.isRequired } ?? false
  }
}
