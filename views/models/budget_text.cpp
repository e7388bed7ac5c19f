// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/budget_text.h"

#include <QObject>
#include <cmath>

#include "views/number_format.h"

namespace views {

using types::Verdict;

QString spareText(const types::Budget& budget) {
    const int64_t spare = budget.spareBytes();
    const QString amount = shortText(Unit::Bytes, std::abs(static_cast<double>(spare)));
    switch (budget.verdict()) {
        case Verdict::Fits:
            return amount + " free";
        case Verdict::Exceeds:
            return (budget.isKnown() ? "" : "at least ") + amount + " too much";
        case Verdict::Unknown:
            break;
    }
    return QStringLiteral("not known to fit");
}

QString budgetSentence(const types::Budget& budget) {
    const QString least = budget.isKnown() ? QString() : QObject::tr("at least ");
    QString text =
        QObject::tr("%1%2 of %3 bytes, %4")
            .arg(least, grouped(budget.usedBytes), grouped(budget.limitBytes), spareText(budget));
    if (!budget.isKnown())
        text += QObject::tr("\nNot known: %1").arg(QString::fromStdString(budget.unknownReason));
    const QString published = publishedSentence(budget);
    return published.isEmpty() ? text : text + '\n' + published;
}

QString publishedSentence(const types::Budget& budget) {
    if (!budget.published) return {};
    const types::PublishedCode& code = *budget.published;
    const int64_t most = budget.mostBytes(), least = most - code.mostBytes + code.leastBytes;
    QString text = QObject::tr(
                       "%1 bytes are reserved for code. Published builds have %2 to %3, then %4 to "
                       "%5 in all")
                       .arg(grouped(budget.reservedBytes), grouped(code.leastBytes),
                            grouped(code.mostBytes), grouped(least), grouped(most));
    if (budget.fits() && most > budget.limitBytes)
        text += QObject::tr(", and the largest would not fit");
    return text + '.';
}

std::optional<double> boardLimit(const std::optional<Metric>& metric,
                                 const types::Evaluation& evaluation) {
    // The limit is today's value plus the budget's spare bytes.
    const auto* budget = metric == Metric::FlashBytes   ? &evaluation.flash
                         : metric == Metric::ArenaBytes ? &evaluation.sram
                                                        : nullptr;
    if (!budget || !*budget || !(*budget)->isKnown()) return std::nullopt;
    const Reading now = read(*metric, evaluation);
    if (!now.value) return std::nullopt;
    return *now.value + static_cast<double>((*budget)->spareBytes());
}

}  // namespace views
