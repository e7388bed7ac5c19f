// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measured_graphs.h"

#include <algorithm>
#include <cmath>

#include "types/number_text.h"

namespace app {

std::vector<types::EvaluationPtr> knownModels(const Explorer& explorer) {
    std::vector<types::EvaluationPtr> models;
    for (const views::TriedVariation& tried : explorer.tried())
        if (tried.evaluation) models.push_back(tried.evaluation);
    return models;
}

types::GraphPtr graphOf(const types::Session& session,
                        const std::vector<types::EvaluationPtr>& models) {
    for (const types::EvaluationPtr& model : models)
        if (measured(session, *model)) return model->graph;
    return nullptr;
}

types::GraphPtr presumedGraphOf(const types::Session& session,
                                const std::vector<types::EvaluationPtr>& models) {
    const bool isAnyModel = session.conditions.modelHash.empty() && !models.empty();
    return isAnyModel ? models.front()->graph : graphOf(session, models);
}

bool measured(const types::Session& session, const types::Evaluation& model) {
    const std::string& hash = session.conditions.modelHash;
    return !hash.empty() && hash == model.modelSha256;
}

std::optional<types::MeasuredLatency> measuredLatency(const types::Session& session,
                                                      const types::Evaluation& model) {
    const types::Conditions& conditions = session.conditions;
    if (!model.device || !measured(session, model) || conditions.board != model.device->id)
        return std::nullopt;
    // A clock of a log may be rounded.
    const double clock = model.device->clockMhz;
    if (conditions.clockMhz > 0 && std::abs(conditions.clockMhz - clock) > 0.01 * clock)
        return std::nullopt;
    for (const types::Measurement& m : session.measurements) {
        if (m.key != types::kWhole || m.quantity != types::Quantity::LatencyUs || m.estimated ||
            m.samples.empty())
            continue;
        std::vector<double> samples = m.samples;
        const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
        std::nth_element(samples.begin(), middle, samples.end());
        return types::MeasuredLatency{
            *middle, session.name + ", " + model.device->name + ", " + types::digits(clock, 4) +
                         " MHz, median of " + types::grouped(static_cast<int64_t>(samples.size()))};
    }
    return std::nullopt;
}

}  // namespace app
