// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/sweep_choice.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <array>

#include "types/knob_domain.h"

namespace views {
namespace {

template <typename Value>
inline constexpr bool kIsWhole = std::is_integral_v<Value>;
template <typename Value>
inline constexpr bool kIsWhole<std::optional<Value>> = std::is_integral_v<Value>;

/// Width and shares move in small steps, others by one.
void describeDomain(SweepableKnob& knob, const types::Limits& limits) {
    knob.step = limits.high <= 1 ? 0.05 : 1;
    knob.low = limits.least(knob.step);
    knob.high = limits.greatest(knob.step);
}
void describeDomain(SweepableKnob& knob, types::OnOff) {
    knob.words = QStringList{"off", "on"};
}
template <typename Choice, size_t count>
void describeDomain(SweepableKnob& knob, const types::Words<Choice, count>& words) {
    for (const auto& word : words)
        knob.words << word.first;
}

QJsonValue wordValue(const SweepableKnob& knob, const QString& word) {
    const bool isSwitch = knob.words == QStringList{"off", "on"};
    return isSwitch ? QJsonValue(word == "on") : QJsonValue(word);
}

QJsonObject domainObject(const SweptKnob& swept) {
    const SweepableKnob* knob = sweepableKnob(swept.path);
    if (!knob || knob->words.isEmpty()) {
        if (swept.steps <= 1) return {{"values", QJsonArray{swept.from}}};
        return {{"from", swept.from}, {"to", swept.to}, {"steps", swept.steps}};
    }
    QJsonArray values;
    for (const QString& word : swept.words)
        values << wordValue(*knob, word);
    return {{"values", values}};
}

std::optional<SweptKnob> sweptKnobOf(const SweepableKnob& knob, const QJsonObject& domain) {
    SweptKnob swept;
    swept.path = knob.path;
    if (knob.words.isEmpty()) {
        const QJsonArray values = domain["values"].toArray();
        swept.from = values.isEmpty() ? domain["from"].toDouble() : values[0].toDouble();
        swept.to = values.isEmpty() ? domain["to"].toDouble() : swept.from;
        swept.steps = values.isEmpty() ? domain["steps"].toInt() : 1;
        const bool isComplete = values.size() == 1 || (values.isEmpty() && swept.steps > 1);
        return isComplete ? std::optional(swept) : std::nullopt;
    }
    for (const QJsonValue& value : domain["values"].toArray())
        swept.words << (value.isBool() ? (value.toBool() ? "on" : "off") : value.toString());
    return swept;
}

}  // namespace

std::optional<SweepChoice> choiceOf(const QString& spaceText) {
    const QJsonObject space = QJsonDocument::fromJson(spaceText.toUtf8()).object();
    SweepChoice choice;
    for (const SweepableKnob& knob : sweepableKnobs()) {
        QJsonValue domain = space;
        for (const QString& step : knob.path.split('.'))
            domain = domain.toObject()[step];
        if (!domain.isObject()) continue;
        const auto swept = sweptKnobOf(knob, domain.toObject());
        if (!swept) return std::nullopt;
        choice.knobs.push_back(*swept);
    }
    choice.draw = space["draw"].toString("grid");
    choice.count = space["count"].toInt();
    return choice.knobs.empty() ? std::nullopt : std::optional(choice);
}

const std::vector<SweepableKnob>& sweepableKnobs() {
    static const std::vector<SweepableKnob> knobs = [] {
        std::vector<SweepableKnob> list;
        const types::Variation usual;
        types::visitKnobs(
            types::kVariationKnobs, usual,
            [&]<typename Value>(const std::string& path, const Value&, const auto& domain) {
                using Pair = std::optional<std::array<int32_t, 2>>;
                if constexpr (!std::is_same_v<Value, Pair>) {
                    SweepableKnob knob;
                    knob.path = QString::fromStdString(path);
                    knob.name = QString(knob.path).replace('.', ' ').replace('_', ' ');
                    knob.isWhole = kIsWhole<Value>;
                    describeDomain(knob, domain);
                    list.push_back(knob);
                }
            });
        return list;
    }();
    return knobs;
}

const SweepableKnob* sweepableKnob(const QString& path) {
    for (const SweepableKnob& knob : sweepableKnobs())
        if (knob.path == path) return &knob;
    return nullptr;
}

QString spaceText(const SweepChoice& choice) {
    QJsonObject space;
    for (const SweptKnob& swept : choice.knobs) {
        const QStringList steps = swept.path.split('.');
        if (steps.size() == 1) {
            space[steps[0]] = domainObject(swept);
            continue;
        }
        QJsonObject group = space[steps[0]].toObject();
        group[steps[1]] = domainObject(swept);
        space[steps[0]] = group;
    }
    space["draw"] = choice.draw;
    if (choice.draw != "grid") space["count"] = choice.count;
    return QString::fromUtf8(QJsonDocument(space).toJson(QJsonDocument::Compact));
}

}  // namespace views
