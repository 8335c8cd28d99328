import Columnar
import Testing

@testable import Expressions

/// Expressions that look a value up in a file and do nothing else.
struct MappingTests {
  @Test(arguments: [
    ("map(CODE, 'gender')", "gender", ["M", "?"]),
    ("MAP( upper(trim(CODE)) , 'gender' )", "gender", ["M", "?"]),
    ("(map(CODE || '', 'exit_mode'))", "exit_mode", ["M", "?"]),
  ])
  func `tell the map and the text`(text: String, map: String, values: [String]) throws {
    let expression = try compiled(text, DiagnosticTests.scope, expecting: .integer)
    let mapping = try #require(expression.mapping)
    #expect(mapping.map == map)
    #expect(mapping.text.type == .text)
    #expect(mapping.text.mapping == nil)
    let column = Sample("CODE", texts: values).column
    let found = mapping.text.evaluate([column], count: values.count)
    #expect(values.indices.map { found.column.texts[$0] } == values)
  }

  @Test(arguments: [
    "map('M', 'gender')", "coalesce(map(CODE, 'gender'), 0)", "map(CODE, 'gender') + 1", "RANG",
    "case when OK then map(CODE, 'gender') end", "nullif(map(CODE, 'gender'), 0)",
  ])
  func `others do not`(text: String) throws {
    #expect(try compiled(text, DiagnosticTests.scope).mapping == nil)
  }
}
