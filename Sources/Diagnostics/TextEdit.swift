/// A change of a text that mends a diagnostic: a region that goes, and what comes in its place.
///
/// Columns count Unicode scalars, lines end at LF, both from 1; the end is outside the region.
package struct TextEdit: Hashable, Sendable {
  package var startLine: Int
  package var startColumn: Int
  package var endLine: Int
  package var endColumn: Int
  /// Empty where the region only goes.
  package var text: String

  package init(startLine: Int, startColumn: Int, endLine: Int, endColumn: Int, text: String) {
    self.startLine = startLine
    self.startColumn = startColumn
    self.endLine = endLine
    self.endColumn = endColumn
    self.text = text
  }
}
