// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A Project in words, part by part, so that what one process told is compared with what another
// one finds.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "app/project.h"

namespace support {

using Summary = std::map<std::string, std::string>;

inline std::string joined(std::vector<std::string> parts) {
    std::sort(parts.begin(), parts.end());
    std::string all;
    for (const std::string& part : parts)
        all += part + ';';
    return all;
}

/// Deleted variations do not count: a saved file leaves them out.
inline Summary summaryOf(const app::Project& project) {
    std::vector<std::string> variations, trained, sessions, marks, layers;
    const auto isDeleted = [&](const types::Variation& variation) {
        return std::any_of(project.marks.begin(), project.marks.end(), [&](const auto& entry) {
            return entry.first == variation && entry.second.isDeleted;
        });
    };
    for (size_t i = 0; i < project.variations.size(); ++i) {
        if (isDeleted(project.variations[i])) continue;
        variations.push_back(project.variations[i].label());
        if (const auto model = project.trainedModel(i))
            trained.push_back(project.variations[i].label() + '/' +
                              std::to_string(model->graph->ops.size()));
    }
    for (const types::SessionPtr& session : project.sessions)
        sessions.push_back(session->name + '/' + std::to_string(session->measurements.size()));
    for (const auto& [variation, m] : project.marks)
        marks.push_back(variation.label() + ':' + m.name.toStdString() + ':' +
                        m.note.toStdString() + (m.isStarred ? "*" : "") + (m.isDeleted ? "-" : ""));
    Summary summary{{"variations", joined(variations)},
                    {"trained", joined(trained)},
                    {"sessions", joined(sessions)},
                    {"marks", joined(marks)}};
    if (!project.workspace) return summary;
    const app::Workspace& shown = *project.workspace;
    for (const int32_t layer : shown.layers)
        layers.push_back(std::to_string(layer));
    summary["knobs"] = shown.knobs.label() + (shown.showsTrained ? " trained" : "");
    summary["board"] = shown.board;
    if (shown.ownBoard)
        summary["board"] += '+' + std::to_string(shown.ownBoard->reservedSram.size());
    summary["data"] = shown.dataPath;
    summary["duty"] = std::to_string(shown.duty.periodMs);
    summary["page"] = shown.page;
    summary["layers"] = joined(layers);
    return summary;
}

}  // namespace support
