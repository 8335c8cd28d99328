import CommonDataModel
import Expressions

/// The namespaces of the keys by which the rules of a project make persons.
struct PersonNamespaces {
  private(set) var names: Set<String> = []
  /// Whether a rule makes persons whose namespace is not known because of a mistake.
  private(set) var isUncertain = false
  /// Whether any rule makes persons.
  private(set) var hasRule = false

  init(_ checkers: [PipelineChecker]) {
    for checker in checkers {
      for rule in checker.pipeline.rules where rule.into.value == "person" { note(rule, checker) }
    }
  }

  private mutating func note(_ rule: RuleDefinition, _ checker: PipelineChecker) {
    hasRule = true
    let head = checker.heads.first { $0.definition.id.position == rule.id.position }
    if let namespace = head?.person?.compiled.type.namespace {
      names.insert(namespace)
    } else {
      isUncertain = true
    }
  }
}

extension ExpressionType {
  /// The namespace of a key.
  var namespace: String? {
    switch self {
    case .identifier(let namespace), .localKey(let namespace): namespace
    default: nil
    }
  }
}
