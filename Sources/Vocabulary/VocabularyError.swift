/// Why a vocabulary cannot be imported or an index cannot be opened.
package struct VocabularyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable name in kebab-case, such as `truncated-file`.
  package let code: String
  /// What is wrong, in one sentence without a full stop.
  package let message: String
  /// The file, or `nil` when the concepts came from memory.
  package let path: String?
  /// The line in the file, from 1.
  package let line: Int?

  package init(_ code: String, _ message: String, path: String? = nil, line: Int? = nil) {
    self.code = code
    self.message = message
    self.path = path
    self.line = line
  }

  package var description: String {
    switch (path, line) {
    case (let path?, let line?): "\(path):\(line): \(message)"
    case (let path?, nil): "\(path): \(message)"
    default: message
    }
  }
}
