/// An ICD-10 code as the PMSI writes it, without its dot, and what it leads to.
struct DiagnosisCode {
  let code: String
  let label: String
  /// No target: the code is kept with concept 0.
  let targets: [Target]
  /// The ages at which it is plausible.
  let ages: ClosedRange<Int>
  /// The only sex that can have it; `nil` for both.
  let sex: Sex?

  init(
    _ code: String, _ label: String, _ targets: [Target], ages: ClosedRange<Int> = 18...110,
    sex: Sex? = nil
  ) {
    self.code = code
    self.label = label
    self.targets = targets
    self.ages = ages
    self.sex = sex
  }

  func suits(age: Int, sex: Sex) -> Bool {
    ages.contains(age) && (self.sex == nil || self.sex == sex)
  }
}

extension DiagnosisCode {
  /// Conditions that stay with a person once they have them.
  static let lasting: [DiagnosisCode] = [
    DiagnosisCode(
      "E119", "Diabète sucré de type 2, sans complication", [.condition(4_193_704)], ages: 40...110),
    DiagnosisCode(
      "E112", "Diabète sucré de type 2, avec complications rénales",
      [.condition(201_826), .condition(192_279)], ages: 50...110),
    DiagnosisCode(
      "I10", "Hypertension essentielle (primitive)", [.condition(320_128)], ages: 35...110),
    DiagnosisCode("E785", "Hyperlipidémie, sans précision", [.condition(432_867)], ages: 35...110),
    DiagnosisCode(
      "I489", "Fibrillation et flutter auriculaires, sans précision", [.condition(313_217)],
      ages: 55...110),
    DiagnosisCode(
      "I509", "Insuffisance cardiaque, sans précision", [.condition(316_139)], ages: 60...110),
    DiagnosisCode("I251", "Cardiopathie artérioscléreuse", [.condition(317_576)], ages: 45...110),
    DiagnosisCode(
      "I252", "Infarctus du myocarde, ancien", [.observation(4_163_874)], ages: 50...110),
    DiagnosisCode("J459", "Asthme, sans précision", [.condition(317_009)], ages: 2...90),
    DiagnosisCode(
      "N183", "Maladie rénale chronique, stade 3", [.condition(443_597)], ages: 50...110),
    DiagnosisCode(
      "K219", "Reflux gastro-oesophagien (sans oesophagite)", [.condition(318_800)], ages: 18...110),
    DiagnosisCode(
      "M819", "Ostéoporose, sans précision", [.condition(80_502)], ages: 55...110, sex: .female),
    DiagnosisCode("E039", "Hypothyroïdie, sans précision", [.condition(140_673)], ages: 30...110),
    DiagnosisCode(
      "G309", "Maladie d'Alzheimer, sans précision", [.condition(378_419)], ages: 65...110),
    DiagnosisCode(
      "C61", "Tumeur maligne de la prostate", [.condition(200_962)], ages: 55...110, sex: .male),
    DiagnosisCode(
      "C509", "Tumeur maligne du sein, sans précision", [.condition(4_112_853)], ages: 35...110,
      sex: .female),
    DiagnosisCode(
      "C189+8", "Tumeurs malignes du côlon, autres et non précisées", [.condition(4_180_790)],
      ages: 50...110),
    DiagnosisCode("E669", "Obésité, sans précision", [], ages: 18...90),
  ]

  /// Conditions that bring a person to the hospital once.
  static let passing: [DiagnosisCode] = [
    DiagnosisCode("J189", "Pneumopathie, sans précision", [.condition(255_848)], ages: 0...110),
    DiagnosisCode("J209", "Bronchite aiguë, sans précision", [.condition(260_139)], ages: 0...110),
    DiagnosisCode(
      "N390", "Infection des voies urinaires, siège non précisé", [.condition(81_902)],
      ages: 1...110),
    DiagnosisCode("A419", "Sepsis, sans précision", [.condition(132_797)], ages: 0...110),
    DiagnosisCode("R509", "Fièvre, sans précision", [.condition(437_663)], ages: 0...110),
    DiagnosisCode("R51", "Céphalée", [.condition(378_253)], ages: 5...110),
    DiagnosisCode(
      "K358", "Appendicites aigües, autres et non précisées", [.condition(440_448)], ages: 5...60),
    DiagnosisCode("K810", "Cholécystite aiguë", [.condition(198_809)], ages: 25...110),
    DiagnosisCode(
      "K802", "Calcul de la vésicule biliaire (sans cholécystite)", [.condition(196_456)],
      ages: 25...110),
    DiagnosisCode(
      "K922", "Hémorragie gastro-intestinale, sans précision", [.condition(192_671)],
      ages: 30...110),
    DiagnosisCode("K635+8", "Polype du côlon, autre et non précisé", [.condition(4_285_898)]),
    DiagnosisCode(
      "I219", "Infarctus (aigu) du myocarde sans précision", [.condition(4_329_847)], ages: 40...110
    ),
    DiagnosisCode(
      "I269", "Embolie pulmonaire, (sans mention de coeur pulmonaire aigu)",
      [.condition(45_768_439)]),
    DiagnosisCode(
      "I639", "Infarctus cérébral, sans précision", [.condition(381_316)], ages: 45...110),
    DiagnosisCode(
      "M800", "Ostéoporose post-ménopausique avec fracture pathologique",
      [.condition(80_502), .condition(40_480_160)], ages: 55...110, sex: .female),
    DiagnosisCode("M109", "Goutte, sans précision", [.condition(440_674)], ages: 35...110),
    DiagnosisCode("M171", "Autres gonarthroses primaires", [.condition(4_079_750)], ages: 55...95),
    DiagnosisCode("M169", "Coxarthrose, sans précision", [.condition(4_079_749)], ages: 55...95),
    DiagnosisCode(
      "S7200", "Fracture fermée du col du fémur", [.condition(4_230_399)], ages: 60...110),
    DiagnosisCode("D649", "Anémie, sans précision", [.condition(439_777)], ages: 1...110),
    DiagnosisCode(
      "F329", "Épisode dépressif, sans précision", [.condition(4_282_096)], ages: 15...95),
    DiagnosisCode(
      "R730", "Anomalie de l'épreuve de tolérance au glucose", [.condition(4_311_629)],
      ages: 35...95),
    DiagnosisCode("R55", "Syncope et collapsus (sauf choc)", [], ages: 5...110),
    DiagnosisCode("R69", "Causes inconnues et non précisées de morbidité", [], ages: 0...110),
    DiagnosisCode(
      "Z590", "Difficultés liées au fait d'être sans abri", [.observation(4_139_934)], ages: 18...80
    ),
  ]

  static let delivery = DiagnosisCode(
    "O800", "Accouchement (unique) spontané par présentation du sommet", [])
  static let preEclampsia = DiagnosisCode(
    "O149", "Prééclampsie, sans précision", [.condition(439_393)])
  static let liveBirth = DiagnosisCode("Z370", "Naissance unique, enfant vivant", [])
  static let chemotherapy = DiagnosisCode(
    "Z511", "Séance de chimiothérapie pour tumeur", [.procedure(4_273_629)])
  static let dialysis = DiagnosisCode("Z491", "Dialyse extra-corporelle", [.procedure(4_120_120)])
  /// A code that no version of the classification knows.
  static let unknown = DiagnosisCode("ZZZ99", "Code inconnu", [])

  static let all = lasting + passing + [delivery, preEclampsia, liveBirth, chemotherapy, dialysis]

  /// The code as `icd10_dotted` looks it up: without the French suffix, dotted after three
  /// characters.
  var dotted: String {
    let plain = code.prefix { $0 != "+" }
    return plain.count > 3 ? "\(plain.prefix(3)).\(plain.dropFirst(3))" : String(plain)
  }
}
