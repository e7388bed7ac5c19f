// SPDX-License-Identifier: GPL-3.0-or-later
// Explorer: trained variations. They are kept with their models, since these take minutes to make.
#include <algorithm>

#include "app/explorer.h"

namespace app {

using types::Variation;

engine::VariedPtr Explorer::trainedModel(const Variation& variation) const {
    // A schedule is no part of the model.
    const auto withoutSchedule = [](Variation v) {
        v.schedule = {};
        return v;
    };
    for (const auto& [trained, model] : m_trained)
        if (withoutSchedule(trained) == withoutSchedule(variation)) return model;
    return nullptr;
}

/// A new training of the same variation replaces the older one; what was evaluated was the older.
void Explorer::rememberTrained(const Variation& variation, const engine::VariedPtr& model) {
    if (trainedModel(variation) == model) return;
    std::erase_if(m_trained, [&](const auto& entry) { return entry.first == variation; });
    m_trained.emplace_back(variation, model);
    for (views::TriedVariation& entry : m_tried)
        if (entry.variation == variation) entry.evaluation = nullptr;
}

void Explorer::adoptTrained(const Variation& variation, const engine::VariedPtr& model,
                            const types::EvaluationPtr& evaluation) {
    m_evaluating.cancel();
    std::erase(m_failed, variation);
    rememberTrained(variation, model);
    m_hasUnsavedTraining = true;
    const bool isOutdated = !m_knobs.matchesBoardAndData(*evaluation);
    const auto known = std::ranges::find(m_tried, variation, &views::TriedVariation::variation);
    if (known == m_tried.end())
        m_tried.push_back({variation, evaluation, isOutdated});
    else
        known->evaluation = evaluation, known->outdated = isOutdated;
    Knobs next = m_knobs;
    next.trained = model;
    if (next.effective() == variation) {
        finishEdit();
        pushKnobs(next, tr("training"));
        finishEdit();
    }
    publishTried();
    schedule();
}

/// The variations of a project. One that was trained without its model being kept, by an older
/// program, would have to be trained again.
void Explorer::adoptStored(const Project& project) {
    m_trained.clear();
    QStringList lost;
    for (size_t i = 0; i < project.variations.size(); ++i) {
        const Variation variation = project.variations[i].normalized();
        const engine::VariedPtr model = project.trainedModel(i);
        if (triedEntry(variation)) continue;
        if (variation.train.isSet() && !model) {
            lost << QString::fromStdString(variation.label());
            continue;
        }
        if (model) m_trained.emplace_back(variation, model);
        m_tried.push_back({variation, nullptr, false});
    }
    m_hasUnsavedTraining = project.isUnsaved && !m_trained.empty();
    if (!lost.isEmpty())
        emit failed(tr("The project does not hold the trained models of %1: train them again.")
                        .arg(lost.join(", ")));
}

}  // namespace app
