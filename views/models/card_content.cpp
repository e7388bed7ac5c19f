// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/card_content.h"

#include <QStringList>
#include <algorithm>

#include "types/target.h"
#include "views/models/budget_text.h"
#include "views/models/duty_text.h"

namespace views {
namespace {

using types::Budget;
using types::Evaluation;

QString changeOf(Metric metric, const Evaluation& evaluation, const Evaluation* original) {
    if (evaluation.variation.isIdentity()) return QStringLiteral("original");
    if (!original || original == &evaluation) return {};
    const Reading now = read(metric, evaluation), before = read(metric, *original);
    if (!now.value || !before.value) return {};
    if (info(metric).unit == Unit::Share) return pointsText(*now.value, *before.value);
    if (*before.value == 0) return {};
    return changeText(*now.value, *before.value);
}

/// "86.9 – 92.2 %"
QString confidenceNote(Metric metric, const Reading& reading) {
    const Unit unit = info(metric).unit;
    return QStringLiteral("%1 – %2").arg(exactNumber(unit, reading.band->low),
                                         exactText(unit, reading.band->high));
}

/// Note for a value without a budget.
QString besideNote(Metric metric, const Evaluation& evaluation, const Reading& reading) {
    switch (metric) {
        case Metric::Macs:
            return shortText(Unit::Count, static_cast<double>(evaluation.totals.ops)) + " ops";
        case Metric::Params:
            return shortText(Unit::Bytes, static_cast<double>(evaluation.totals.weightBytes));
        case Metric::ArenaBytes:
            return reading.value ? QString() : QStringLiteral("not known");
        default:
            break;
    }
    if (!reading.value) return reading.reason;
    if (!reading.band || *reading.value <= 0) return {};
    if (reading.kind == BandKind::Confidence) return confidenceNote(metric, reading);
    const double half = (reading.band->high - reading.band->low) / 2 / *reading.value;
    return QStringLiteral("± %1").arg(shortText(Unit::Share, half));
}

const std::optional<Budget>* budgetOf(Metric metric, const Evaluation& evaluation) {
    if (metric == Metric::FlashBytes && evaluation.flash) return &evaluation.flash;
    if (metric == Metric::ArenaBytes && evaluation.sram) return &evaluation.sram;
    return nullptr;
}

/// Two digits, because a card is small.
QString shortPercent(double share) {
    return share < 0.995 ? percentText(100 * share, 'g', 2) : percentText(100 * share, 'f', 0);
}

void addBudget(CardContent& card, const QString& memory, const Budget& budget) {
    card.limitShare = static_cast<double>(budget.usedBytes) /
                      static_cast<double>(std::max<int64_t>(1, budget.limitBytes));
    card.isPassed = budget.exceeds();
    card.note = budget.fits() ? shortPercent(*card.limitShare) + " " + memory : spareText(budget);
    QStringList lines{QStringLiteral("%1 of the board: %2").arg(memory, budgetSentence(budget))};
    for (const types::BudgetLine& line : budget.lines)
        lines << QStringLiteral("  %1%2 bytes  %3")
                     .arg(line.isUnknown ? "at least " : "", grouped(line.bytes),
                          QString::fromStdString(line.what));
    card.toolTip += "\n\n" + lines.join('\n');
}

/// The period limits the latency as the board's memory limits flash and arena.
void addPeriod(CardContent& card, const types::DutyCost& duty, double latencyUs) {
    const double periodMs = duty.cycle.periodMs;
    card.limitShare = duty.periodShare->value;
    card.isPassed = !duty.keepsUp();
    card.note = card.isPassed ? shortText(Unit::Microseconds, latencyUs - periodMs * 1e3) + " late"
                              : shortPercent(*card.limitShare) + " active";
}

/// Battery life, else the average power. With an unknown sleep power they are bounds.
QString lastingNote(const types::DutyCost& duty) {
    const bool isBound = duty.cycle.sleepPowerMw <= 0;
    if (duty.batteryHours)
        return (isBound ? "≤ " : "") + shortText(Unit::Hours, duty.batteryHours->value);
    return (isBound ? "≥ " : "") + shortText(Unit::Microwatts, duty.averagePowerMw->value * 1e3);
}

void addDuty(CardContent& card, Metric metric, const types::DutyCost& duty,
             const Evaluation& evaluation) {
    if (metric == Metric::LatencyUs && duty.periodShare)
        addPeriod(card, duty, evaluation.totals.latencyUs->value);
    if (metric == Metric::EnergyUj && duty.averagePowerMw) card.note = lastingNote(duty);
    const DutyText text = dutyText(duty, evaluation);
    const QString every =
        QStringLiteral("One inference every %1:").arg(periodText(duty.cycle.periodMs));
    QStringList lines{card.toolTip + "\n", every,        text.power, text.activity,
                      text.battery,        text.warning, text.doubt};
    lines.removeAll(QString());
    card.toolTip = lines.join('\n');
}

QString arenaParts(const Evaluation& evaluation) {
    if (types::runtimeOf(evaluation.device) == types::Runtime::Netcaliper)
        return evaluation.plannedBytes()
                   ? QStringLiteral("\nOur own runtime; TFLM would plan %1 bytes.")
                         .arg(grouped(*evaluation.plannedBytes()))
                   : QStringLiteral("\nOur own runtime. ") + arenaGap(evaluation.tflmCortexM);
    const types::TflmArena& arena = evaluation.tflmCortexM;
    if (!arena.usedBytes()) return '\n' + arenaGap(arena);
    return QStringLiteral("\nTFLM on Cortex-M: %1 planned + %2 persistent bytes.")
        .arg(grouped(*arena.nonPersistentBytes), grouped(*arena.persistentBytes));
}

}  // namespace

CardContent cardContent(Metric metric, const Evaluation* evaluation, const Evaluation* original,
                        const std::optional<types::DutyCost>& duty) {
    CardContent card;
    card.title = info(metric).name;
    card.value = kUnknown;
    card.toolTip = info(metric).definition;
    if (!evaluation) return card;
    const Reading reading = read(metric, *evaluation);
    if (reading.value) card.value = shortText(info(metric).unit, *reading.value);
    card.change = changeOf(metric, *evaluation, original);
    card.note = besideNote(metric, *evaluation, reading);
    card.toolTip = describe(metric, reading) + "\n\n" + info(metric).definition;
    if (reading.kind == BandKind::Confidence)
        card.toolTip += "\n" + QString::fromStdString(evaluation->quality->source);
    if (metric == Metric::ArenaBytes) card.toolTip += arenaParts(*evaluation);
    if (const auto* budget = budgetOf(metric, *evaluation))
        addBudget(card, metric == Metric::FlashBytes ? "flash" : "SRAM", **budget);
    if (duty && (metric == Metric::LatencyUs || metric == Metric::EnergyUj))
        addDuty(card, metric, *duty, *evaluation);
    return card;
}

}  // namespace views
