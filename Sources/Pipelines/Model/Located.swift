package import Diagnostics

/// A value that a person wrote, and where.
package struct Located<Value: Sendable>: Sendable {
  package var value: Value
  package var position: Position
  /// The characters that a caret underlines.
  package var length: Int

  package init(_ value: Value, at position: Position, length: Int = 1) {
    self.value = value
    self.position = position
    self.length = length
  }

  /// Another value of the same place.
  package func map<Other: Sendable>(_ change: (Value) -> Other) -> Located<Other> {
    Located<Other>(change(value), at: position, length: length)
  }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}

extension Located where Value == String {
  init(_ scalar: YAMLScalar) {
    self.init(scalar.text, at: scalar.position, length: scalar.length)
  }
}

/// An expression as it is written, with the place of each of its characters.
package struct SourceExpression: Sendable {
  package let scalar: YAMLScalar

  package var text: String { scalar.text }
  /// Where the expression begins, after the opening quote if it stands in quotes.
  package var position: Position { scalar.position(at: 0) }

  init(scalar: YAMLScalar) { self.scalar = scalar }

  /// A part of the expression, which begins at an offset in characters.
  func part(from offset: Int, text: Substring) -> SourceExpression {
    SourceExpression(
      scalar: YAMLScalar(
        text: String(text), style: .plain, position: scalar.position(at: offset),
        source: scalar.source))
  }

  /// A reference to a column that is named somewhere else than in an expression.
  init(column: Located<String>) {
    let quoted = "\"\(column.value.replacing("\"", with: "\"\""))\""
    scalar = YAMLScalar(
      text: quoted, style: .plain, position: column.position,
      source: SourceText(path: column.position.file, text: ""))
  }
}
