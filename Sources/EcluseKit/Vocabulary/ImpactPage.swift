import Engine
import Vocabulary

/// What a release does to the codes of a site, as a page for people: text, Markdown or HTML.
struct ImpactPage {
  let report: ImpactReport

  init(_ report: ImpactReport) { self.report = report }

  /// A heading, and what stands under it.
  struct Section {
    var title: String
    var remarks: [String] = []
    var head: [String] = []
    var rows: [[String]] = []
  }

  /// The sections of the page.
  ///
  /// - Parameter limit: the most codes of one kind.
  /// - Returns: the totals, then a section for each kind that has codes.
  func sections(limit: Int = .max) -> [Section] {
    var sections = [totals]
    for kind in ImpactReport.order {
      let found = report.findings.filter { $0.mainKind == kind }
      guard !found.isEmpty else { continue }
      var section = Section(
        title: "\(kind.rawValue): \(kind.sentence)",
        head: ["code", "name", "rows", "persons", "before", "after", "remarks"],
        rows: found.prefix(limit).map(row))
      if found.count > limit {
        section.remarks = ["\(Terminal.grouped(found.count - limit)) further codes: see --limit"]
      }
      sections.append(section)
    }
    return sections
  }

  private var totals: Section {
    var section = Section(
      title: "Vocabularies: \(release(report.from)) → \(release(report.to))",
      remarks: [
        "\(Terminal.counted(report.compared, "code")) compared"
          + (report.run.map { ", counted in run \($0)" } ?? "")
      ],
      head: ["kind", "codes", "rows", "persons at most", "of few persons", "not told"],
      rows: report.totals.map { total in
        [
          total.kind.rawValue, Terminal.grouped(total.codes), figure(total.records),
          figure(total.personsAtMost), figure(total.uncountedCodes),
          Terminal.grouped(total.hiddenCodes),
        ]
      })
    if let rows = report.changedRecords, let persons = report.changedPersonsAtMost {
      section.remarks.append(
        "rows that change: \(Terminal.grouped(rows)), of at most \(Terminal.grouped(persons)) persons"
          + ", those of codes of few persons not counted")
    }
    if report.hiddenCodes > 0 || report.run != nil {
      section.remarks.append(
        "few: fewer than \(CodeCounts.leastPersons) persons, or none; such a code is told only where "
          + "a mapping file given has it (\(Terminal.grouped(report.hiddenCodes)) are not told)")
    }
    if let side = report.localConceptsOnlyIn {
      section.remarks.append(ImpactPage.localRemark(side))
    }
    for vocabulary in report.vocabulariesGone {
      section.remarks.append(
        "\(vocabulary) is not in the release that comes: was it chosen for the download?")
    }
    if report.strangers > 0 {
      section.remarks.append(
        "\(Terminal.grouped(report.strangers)) codes have other concepts in the release in use than "
          + "the run found: was it made with this release and these mapping files?")
    }
    return section
  }

  /// What is said where one release alone has local concepts.
  static func localRemark(_ side: ReleaseComparison.Side) -> String {
    let (one, other) =
      side == .from
      ? ("the release in use", "the one that comes") : ("the release that comes", "the one in use")
    return
      "local concepts stand in \(one) alone: \(other) is compared as if it had them too; to have "
      + "them compared, give both with --local"
  }

  private func release(_ release: ImpactReport.Release) -> String {
    release.release ?? "\(release.path) (no release named)"
  }

  private func figure(_ number: Int?) -> String { number.map(Terminal.grouped) ?? "" }

  private func row(_ finding: ImpactReport.Finding) -> [String] {
    let isCounted = report.run != nil
    func few(_ number: Int?) -> String { number.map(Terminal.grouped) ?? (isCounted ? "few" : "") }
    func named(_ concepts: [ImpactReport.Concept], _ values: [ImpactReport.Concept]) -> String {
      let all = concepts.map(name) + values.map { "value \(name($0))" }
      return all.isEmpty ? "nothing" : all.joined(separator: "; ")
    }
    var remarks: [String] = []
    let others = finding.kinds.filter { $0 != finding.mainKind }
    if !others.isEmpty { remarks.append("also \(others.map(\.rawValue).joined(separator: ", "))") }
    if let old = finding.tablesBefore, let new = finding.tablesAfter {
      remarks.append(
        "rows go from \(old.joined(separator: ", ")) to \(new.joined(separator: ", "))")
    }
    for one in finding.deprecated {
      let replacements = one.replacements.map(name).joined(separator: " or ")
      remarks.append(
        "\(one.target.id) \(one.target.name) → \(replacements.isEmpty ? "nothing" : replacements)")
    }
    if let pipeline = finding.pipeline {
      remarks.append("\(pipeline): \(finding.rules.joined(separator: ", "))")
    }
    if let file = finding.file, let line = finding.line, let column = finding.column {
      remarks.append("\(file):\(line):\(column)")
    }
    return [
      finding.title, finding.name, few(finding.records), few(finding.persons),
      named(finding.before, finding.valuesBefore), named(finding.after, finding.valuesAfter),
      remarks.joined(separator: "; "),
    ]
  }

  private func name(_ concept: ImpactReport.Concept) -> String {
    "\(concept.id) \(concept.name) (\(concept.vocabulary), \(concept.domain))"
  }
}

extension ImpactKind {
  /// What the kind says of a code.
  var sentence: String {
    switch self {
    case .lost: "the code had a standard concept and has none"
    case .changed: "the code has other concepts"
    case .domainMoved: "the concepts of the code are of another domain"
    case .deprecatedTarget: "a mapping file names a concept that is not valid and standard any more"
    case .gained: "the code had no standard concept and has one"
    case .reviewedGained: "the code was reviewed without a target, and its vocabulary now has one"
    case .missingCode: "the code is not in its vocabulary any more"
    }
  }
}

extension ImpactPage {
  /// The page for a terminal: totals as a table, a code on a line with its concepts below.
  func text(limit: Int) -> [String] {
    let sections = sections(limit: limit)
    var lines: [String] = []
    for (place, section) in sections.enumerated() {
      if place > 0 { lines.append("") }
      lines.append(section.title)
      guard place > 0 else {
        lines += section.remarks + [""] + Terminal.table(section.head, section.rows)
        continue
      }
      for row in section.rows {
        let figures = row[2].isEmpty ? "" : "  \(row[2]) rows, \(row[3]) persons"
        lines.append("  \(row[0])  \(row[1])\(figures)")
        lines.append("      \(row[4]) → \(row[5])")
        if !row[6].isEmpty { lines.append("      \(row[6])") }
      }
      lines += section.remarks.map { "  \($0)" }
    }
    return lines
  }

  /// The page as Markdown, with tables as GitHub has them.
  var markdown: String {
    var text = ""
    for (place, section) in sections().enumerated() {
      text += "\(place == 0 ? "#" : "\n##") \(ImpactPage.markdown(section.title))\n\n"
      for remark in section.remarks { text += "\(ImpactPage.markdown(remark))\n\n" }
      text += "| \(section.head.joined(separator: " | ")) |\n"
      text += "|\(section.head.map { _ in "---|" }.joined())\n"
      for row in section.rows {
        text += "| \(row.map(ImpactPage.markdown).joined(separator: " | ")) |\n"
      }
    }
    return text
  }

  /// The page as HTML, all in one file.
  var html: String {
    var text = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>\(ImpactPage.html(sections().first?.title ?? ""))</title>
      <style>
      body { font: 15px/1.4 system-ui, sans-serif; margin: 2em; color: #222 }
      table { border-collapse: collapse }
      th, td { border: 1px solid #bbb; padding: .3em .6em; text-align: left; vertical-align: top }
      th { background: #eee }
      </style>
      </head>
      <body>

      """
    for (place, section) in sections().enumerated() {
      let tag = place == 0 ? "h1" : "h2"
      text += "<\(tag)>\(ImpactPage.html(section.title))</\(tag)>\n"
      for remark in section.remarks { text += "<p>\(ImpactPage.html(remark))</p>\n" }
      text += "<table>\n<tr>\(section.head.map { "<th>\($0)</th>" }.joined())</tr>\n"
      for row in section.rows {
        text += "<tr>\(row.map { "<td>\(ImpactPage.html($0))</td>" }.joined())</tr>\n"
      }
      text += "</table>\n"
    }
    return text + "</body>\n</html>\n"
  }

  /// A text that means itself in Markdown and in a cell of a table there.
  static func markdown(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case "\\", "|", "*", "_", "`", "[", "]", "#", "~": escaped += "\\\(character)"
      case "\n", "\r", "\r\n": escaped += " "
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// A text that means itself in HTML.
  static func html(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
