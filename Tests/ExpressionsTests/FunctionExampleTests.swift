import Columnar
import Testing

@testable import Expressions

/// One example of one function.
struct FunctionExample: CustomTestStringConvertible, Sendable {
  let function: String
  let example: FunctionSpec.Example
  var testDescription: String { example.expression }
}

struct FunctionExampleTests {
  static let examples = ExpressionLanguage.functions.flatMap { spec in
    spec.examples.map { FunctionExample(function: spec.name, example: $0) }
  }

  @Test(arguments: examples)
  func `an example of the reference gives the result that stands beside it`(
    _ case: FunctionExample
  ) throws {
    let samples = `case`.example.given.map { given in
      switch given.type {
      case .identifier:
        var sample = Sample(given.name, given.type, keys: [0])
        sample.raw = Sample("", texts: [given.value]).column
        return sample
      case .text: return Sample(given.name, texts: [given.value])
      case .decimal(let scale):
        let bytes = Array(given.value.utf8)
        let lane = NumberFormat.decimal(bytes.span, scale: scale, rounding: false)
        return Sample(given.name, given.type, lanes: [lane])
      default: return Sample(given.name, given.type, lanes: [Int64(given.value)])
      }
    }
    let (values, failures) = try results(`case`.example.expression, samples)
    #expect(values == [`case`.example.result])
    #expect(failures == [])
  }

  @Test(arguments: ExpressionLanguage.operators.flatMap(\.examples).map(\.expression))
  func `an example of an operator gives the result that stands beside it`(_ text: String) throws {
    let example = try #require(
      ExpressionLanguage.operators.flatMap(\.examples).first { $0.expression == text })
    #expect(try results(text).values == [example.result])
  }

  @Test func `the reference page has every operator and function with its examples`() {
    let page = ExpressionLanguage.reference()
    for spec in ExpressionLanguage.functions {
      #expect(page.contains("| `\(spec.name)("), "\(spec.name)")
    }
    let examples =
      ExpressionLanguage.functions.flatMap(\.examples)
      + ExpressionLanguage.operators.flatMap(\.examples)
    for example in examples where !example.expression.contains("|") {
      #expect(page.contains("`\(example.expression)` → `\(example.result)`"))
    }
    // Every row of a table has its three cells: a bar inside one is escaped.
    for line in page.split(separator: "\n") where line.hasPrefix("| ") {
      let bare = line.split(separator: "\\|", omittingEmptySubsequences: false).joined()
      #expect(bare.count { $0 == "|" } == 4, "\(line)")
    }
  }

  @Test(arguments: ExpressionLanguage.functions.map(\.name))
  func `every function has an example that calls it and a summary of one line`(
    _ name: String
  ) throws {
    let spec = try #require(ExpressionLanguage.function(name))
    #expect(spec.examples.contains { $0.expression.contains("\(name)(") })
    #expect(!spec.summary.hasSuffix("."))
    #expect(!spec.summary.contains("\n"))
    #expect(!spec.signatures.isEmpty)
  }
}
