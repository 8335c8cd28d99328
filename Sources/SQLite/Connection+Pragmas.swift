extension Connection {
  /// Reads a pragma whose answer is a number (https://www.sqlite.org/pragma.html).
  package func pragma(_ name: String) throws(SQLiteError) -> Int64? {
    try integer("pragma \(Connection.checked(name))")
  }

  /// Reads a pragma whose answer is a word.
  package func pragmaText(_ name: String) throws(SQLiteError) -> String? {
    try text("pragma \(Connection.checked(name))")
  }

  /// Sets a pragma to a number.
  package func setPragma(_ name: String, _ value: Int64) throws(SQLiteError) {
    try execute("pragma \(Connection.checked(name)) = \(value)")
  }

  /// Sets a pragma to a word such as `off` or `delete`.
  package func setPragma(_ name: String, _ value: String) throws(SQLiteError) {
    try execute("pragma \(Connection.checked(name)) = \(Connection.checked(value))")
  }

  /// A word that may stand in a statement as it is; names come from the program, not from data.
  private static func checked(_ word: String) -> String {
    let isWord = word.utf8.allSatisfy {
      $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") || $0 == UInt8(ascii: "_")
    }
    precondition(isWord && !word.isEmpty, "a pragma is lower-case letters")
    return word
  }
}
