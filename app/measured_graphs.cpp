// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/measured_graphs.h"

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

}  // namespace app
