import Columnar
import Diagnostics
import Engine
import Expressions
import Transform

extension PipelineChecker {
  /// The stages of other packages: `unknown-reader`, `unknown-step`, `unknown-setting`,
  /// `unknown-column`, `key-in-step`, `duplicate-column`, `unfit-step`.
  mutating func checkStages(of table: TableDefinition) {
    let registry = resources.registry
    if let reader = table.reader {
      check(reader, noun: "reader", settings: registry.readerSettings)
    }
    var known = table.columns
    for step in table.steps {
      let errors = diagnostics.errorCount
      check(step.stage, noun: "step", settings: registry.stepSettings)
      for name in step.from {
        guard let column = known.first(where: { $0.name.value == name.value }) else {
          diagnostics.unknown("column", name, among: known.map(\.name.value))
          continue
        }
        if column.type?.isKey == true {
          diagnostics.error(
            "key-in-step", "`\(name.value)` is a key or an identifier, which no step sees",
            at: name, hint: "declare the column as `text` if it names neither person nor stay")
        }
      }
      for column in step.columns
      where known.contains(where: { $0.name.value == column.name.value }) {
        diagnostics.error(
          "duplicate-column", "the table has a column `\(column.name.value)` already",
          at: column.name)
      }
      known += step.columns
      guard diagnostics.errorCount == errors else { continue }
      do {
        _ = try registry.step(step.stage.name.value, step.settings(in: table))
      } catch {
        diagnostics.error("unfit-step", "\(error)", at: step.stage.name)
      }
    }
  }

  private mutating func check(_ stage: StageUse, noun: String, settings: [String: [String]]) {
    guard let names = settings[stage.name.value] else {
      return diagnostics.unknown(
        noun, stage.name, among: settings.keys.sorted(),
        hint: settings.isEmpty
          ? "this program has no \(noun)s: they come with a program of your own" : nil)
    }
    for setting in stage.settings where !names.contains(setting.name.value) {
      diagnostics.unknown("setting", setting.name, among: names)
    }
  }
}

extension StageUse {
  var stageSettings: StageSettings {
    StageSettings(
      Dictionary(settings.map { ($0.name.value, $0.value.value) }, uniquingKeysWith: { $1 }))
  }
}

extension StepDefinition {
  /// What the step is told, in the types of columns.
  func settings(in table: TableDefinition) -> StepSettings {
    StepSettings(
      inputs: from.compactMap { table.column($0.value)?.field },
      outputs: columns.map { PlannedStep.asked($0.field) }, settings: stage.stageSettings)
  }
}

extension ColumnDefinition {
  /// The column as batches have it.
  var field: Field { Field(name.value, (type?.expressionType ?? .null).columnType) }
}

extension ColumnKind {
  /// Whether the cells are keys of the source, or identifiers.
  var isKey: Bool {
    switch self {
    case .identifier, .localKey: true
    default: false
    }
  }
}
