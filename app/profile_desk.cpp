// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/profile_desk.h"

#include <iterator>

#include "app/measured_graphs.h"
#include "studies/check_profile.h"

namespace app {
namespace {

/// Everything that a worker needs, by value.
struct CheckMaterial {
    views::CheckChoice choice;
    std::vector<types::SessionPtr> sessions;
    std::vector<types::EvaluationPtr> models;
};

types::Result<types::ProfileCheck> checkOf(const CheckMaterial& material, const types::Work& work) {
    const views::CheckChoice& choice = material.choice;
    studies::CheckRequest request;
    request.device = choice.device;
    request.unseenOnly = choice.unseenOnly;
    work.report(0, "reading the layers");
    const auto add = [&](std::vector<studies::MeasuredLayer> layers) {
        std::move(layers.begin(), layers.end(), std::back_inserter(request.layers));
    };
    const auto with = choice.alsoNamelessBoards ? studies::CompareWith::NotOthers
                                                : studies::CompareWith::SameBoard;
    for (const types::SessionPtr& session : material.sessions)
        add(studies::layersOf(*session, presumedGraphOf(*session, material.models).get(), with));
    if (!choice.table.isEmpty()) {
        const auto filter = cost::rowFilterOf(choice.filter.toStdString());
        if (!filter) return tl::unexpected(filter.error());
        auto lines =
            studies::layersOf(choice.table.toStdString(), *filter, choice.device->clockMhz);
        if (!lines) return tl::unexpected(lines.error());
        add(std::move(*lines));
    }
    return studies::checkProfile(request, work);
}

}  // namespace

ProfileDesk::ProfileDesk(Explorer& explorer, QObject* parent)
    : QObject(parent), m_explorer(explorer) {}

void ProfileDesk::check(const views::CheckChoice& choice) {
    const auto verb = [material = CheckMaterial{choice, m_explorer.sessionBook().sessions(),
                                                knownModels(m_explorer)}](const types::Work& work) {
        return checkOf(material, work);
    };
    m_work.start(verb, [this](const types::Result<types::ProfileCheck>& check) {
        if (check)
            emit checked(*check);
        else
            emit failed(QString::fromStdString(check.error().message()));
    });
}

}  // namespace app
