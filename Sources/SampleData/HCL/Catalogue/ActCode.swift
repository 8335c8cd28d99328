/// A code of the CCAM and what it leads to.
struct ActCode {
  let code: String
  let target: Target?
  /// Whether the act comes with an anaesthesia, written as a second row (activity 4).
  let anaesthesia: Bool

  init(_ code: String, _ target: Target?, anaesthesia: Bool = false) {
    self.code = code
    self.target = target
    self.anaesthesia = anaesthesia
  }
}

extension ActCode {
  static let electrocardiogram = ActCode("DEQP003", .procedure(4_163_951))
  static let chestXRay = ActCode("ZBQK002", .procedure(4_163_872))
  static let dialysis = ActCode("JVJF004", .procedure(4_120_120))
  static let delivery = ActCode("JQGD010", nil)
  static let caesarean = ActCode("JQGA002", .procedure(4_015_701), anaesthesia: true)

  /// Acts of any stay.
  static let common: [ActCode] = [
    electrocardiogram, chestXRay, electrocardiogram, chestXRay,
    ActCode("DZQM006", .procedure(4_230_911)), ActCode("ACQK001", .procedure(4_125_350)),
    ActCode("FELF011", .procedure(4_108_705)), ActCode("HEQE002", nil, anaesthesia: true),
  ]

  /// The act that a diagnosis calls for, by the code of the diagnosis.
  static let byDiagnosis: [(diagnosis: String, act: ActCode)] = [
    ("I219", ActCode("DDAF001", .procedure(4_216_130))),
    ("K358", ActCode("HHFA016", .procedure(4_198_190), anaesthesia: true)),
    ("K810", ActCode("HMFC004", .procedure(4_163_971), anaesthesia: true)),
    ("K802", ActCode("HMFC004", .procedure(4_163_971), anaesthesia: true)),
    ("K635+8", ActCode("HHQE005", .procedure(4_249_893), anaesthesia: true)),
    ("M171", ActCode("NFKA007", .procedure(43_531_648), anaesthesia: true)),
    ("M169", ActCode("NEKA020", .procedure(4_203_771), anaesthesia: true)),
    ("S7200", ActCode("NEKA020", .procedure(4_203_771), anaesthesia: true)),
    ("C509", ActCode("QEQK001", .procedure(4_324_693))),
    ("J459", ActCode("GLQP012", .measurement(4_133_840))),
  ]

  static let all = common + byDiagnosis.map { $0.act } + [dialysis, delivery, caesarean]
}
