// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/diff_cards.h"

#include <QCoreApplication>
#include <QStringList>

namespace views {
namespace {

using types::DiffFigure;
using types::DiffOutcome;
using types::DiffQuantity;

constexpr std::pair<DiffQuantity, Metric> kCards[] = {
    {DiffQuantity::FlashBytes, Metric::FlashBytes},
    {DiffQuantity::ArenaUsedBytes, Metric::ArenaBytes},
    {DiffQuantity::LatencyUs, Metric::LatencyUs},
    {DiffQuantity::EnergyUj, Metric::EnergyUj},
    {DiffQuantity::Accuracy, Metric::Accuracy},
    {DiffQuantity::Auc, Metric::Auc},
    {DiffQuantity::MeanSquaredError, Metric::MeanSquaredError},
    {DiffQuantity::Macs, Metric::Macs},
    {DiffQuantity::Params, Metric::Params},
};

QString sideText(Metric metric, const types::DiffValue& value) {
    return value.value ? shortText(info(metric).unit, *value.value) : kUnknown;
}

/// Of the candidate against the baseline, whichever is in front.
QString figureChange(Metric metric, const DiffFigure& figure) {
    if (!figure.difference) return {};
    const double now = *figure.candidate.value, before = *figure.baseline.value;
    if (info(metric).unit == Unit::Share) return pointsText(now, before);
    return before == 0 ? QString() : changeText(now, before);
}

QString outcomeText(DiffOutcome outcome) {
    switch (outcome) {
        case DiffOutcome::Candidate:
            return QCoreApplication::translate("DiffCards", "better");
        case DiffOutcome::Baseline:
            return QCoreApplication::translate("DiffCards", "worse");
        case DiffOutcome::Unclear:
            return QCoreApplication::translate("DiffCards", "not told apart");
        case DiffOutcome::Unknown:
            return QCoreApplication::translate("DiffCards", "unknown");
        default:
            return {};
    }
}

CardContent cardOf(const DiffFigure& figure, Metric metric, DiffFront front) {
    const bool isCandidate = front == DiffFront::Candidate;
    const types::DiffValue& shown = isCandidate ? figure.candidate : figure.baseline;
    const types::DiffValue& other = isCandidate ? figure.baseline : figure.candidate;
    CardContent card;
    card.title = info(metric).name;
    card.value = sideText(metric, shown);
    QStringList change{figureChange(metric, figure), outcomeText(figure.outcome)};
    change.removeAll(QString());
    card.change = change.join(' ');
    card.note = QCoreApplication::translate("DiffCards", "vs %1").arg(sideText(metric, other));
    QStringList lines{
        QCoreApplication::translate("DiffCards", "Baseline %1, candidate %2")
            .arg(sideText(metric, figure.baseline), sideText(metric, figure.candidate))};
    if (!card.change.isEmpty())
        lines << QCoreApplication::translate("DiffCards", "Candidate: %1").arg(card.change);
    if (!figure.evidence.empty()) lines << QString::fromStdString(figure.evidence);
    card.toolTip = lines.join('\n') + "\n\n" + info(metric).definition;
    return card;
}

}  // namespace

std::vector<DiffCard> diffCards(const types::ModelDiff& diff, DiffFront front) {
    std::vector<DiffCard> cards;
    for (const auto& [quantity, metric] : kCards)
        if (const DiffFigure* figure = diff.figure(quantity))
            cards.push_back({metric, cardOf(*figure, metric, front)});
    return cards;
}

}  // namespace views
