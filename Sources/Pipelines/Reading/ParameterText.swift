import Diagnostics

/// Puts the values of parameters into texts and makes paths whole.
struct ParameterText {
  let parameters: [ProjectDefinition.Parameter]
  /// The folder of the file in which the texts stand; empty is the working directory.
  let folder: String

  /// A text with `${name}` replaced; an unknown name is told and stays as it is.
  func text(_ scalar: YAMLScalar, diagnostics: inout DiagnosticList) -> Located<String> {
    Located(replaced(scalar, &diagnostics).text, at: scalar.position, length: scalar.length)
  }

  /// A path with `${name}` replaced, relative to the working directory.
  func path(_ scalar: YAMLScalar, diagnostics: inout DiagnosticList) -> Located<String> {
    let (text, leading) = replaced(scalar, &diagnostics)
    let base = leading.map { $0.folder ?? "" } ?? folder
    let path =
      text.hasPrefix("/") || base.isEmpty ? text : base == "/" ? "/" + text : "\(base)/\(text)"
    return Located(path, at: scalar.position, length: scalar.length)
  }

  /// The text, and the parameter with which it begins.
  private func replaced(
    _ scalar: YAMLScalar, _ diagnostics: inout DiagnosticList
  ) -> (text: String, leading: ProjectDefinition.Parameter?) {
    let characters = Array(scalar.text)
    var text = ""
    var leading: ProjectDefinition.Parameter?
    var index = 0
    while index < characters.count {
      guard characters[index] == "$", index + 1 < characters.count, characters[index + 1] == "{"
      else {
        text.append(characters[index])
        index += 1
        continue
      }
      guard let end = characters[index...].firstIndex(of: "}") else {
        diagnostics.add(
          Diagnostic(
            .error, "unknown-parameter", "`${` has no closing brace",
            at: scalar.position(at: index), length: 2))
        text += String(characters[index...])
        break
      }
      let name = String(characters[(index + 2)..<end])
      if let parameter = parameters.first(where: { $0.name == name }) {
        if index == 0 { leading = parameter }
        text += parameter.value
      } else {
        let names = parameters.map(\.name)
        let nearest = nearestName(to: name, in: names)
        let list =
          names.isEmpty
          ? "the project declares none" : "parameters: \(names.joined(separator: ", "))"
        diagnostics.add(
          Diagnostic(
            .error, "unknown-parameter", "`\(name)` is not a parameter of the project",
            at: scalar.position(at: index), length: end - index + 1,
            hint: (nearest.map { "did you mean `\($0)`? " } ?? "") + list))
        text += String(characters[index...end])
      }
      index = end + 1
    }
    return (text, leading)
  }
}
