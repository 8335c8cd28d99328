extension ExpressionLanguage {
  /// All functions, by chapter.
  package static let functions: [FunctionSpec] =
    textFunctions + numberFunctions + dateFunctions + calendarFunctions
    + partialDateFunctions + unitFunctions + choiceFunctions
    + mappingFunctions + keyFunctions

  private static let functionsByName = Dictionary(
    uniqueKeysWithValues: functions.map { ($0.name, $0) })

  /// The function of a name, whose case does not matter.
  static func function(_ name: String) -> FunctionSpec? { functionsByName[name.lowercased()] }
}
