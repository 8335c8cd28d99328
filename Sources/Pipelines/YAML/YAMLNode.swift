package import Diagnostics

/// A value in a YAML file, with its place.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    case scalar(YAMLScalar)
    case list([YAMLNode])
    /// Entries in the order of the file; every key stands once.
    case mapping([YAMLEntry])
  }

  package let content: Content
  /// Where the value begins.
  package let position: Position

  package var scalar: YAMLScalar? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar
  }

  package var isNull: Bool { scalar?.isNull ?? false }

  /// The items of a list; a single value that is not null stands for a list of one.
  package var items: [YAMLNode] {
    switch content {
    case .list(let items): items
    case .scalar(let scalar): scalar.isNull ? [] : [self]
    case .mapping: [self]
    }
  }

  /// The entries of a mapping, none for anything else.
  package var entries: [YAMLEntry] {
    guard case .mapping(let entries) = content else { return [] }
    return entries
  }

  /// The value of a key of a mapping; `nil` when the key is absent.
  package subscript(_ key: String) -> YAMLNode? {
    entries.first { $0.key.text == key }?.value
  }

  /// The number of characters that a caret underlines.
  package var length: Int { scalar?.length ?? 1 }

  /// What the value is, as a diagnostic says it.
  package var kindName: String {
    switch content {
    case .scalar(let scalar): scalar.isNull ? "nothing" : "a single value"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// A key of a YAML mapping and its value.
package struct YAMLEntry: Sendable {
  package let key: YAMLScalar
  package let value: YAMLNode
}
