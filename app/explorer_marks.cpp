// SPDX-License-Identifier: GPL-3.0-or-later
// Explorer: names, notes, stars and deletions of variations, and the points that show them;
// deletions of sessions.
#include <algorithm>

#include "app/explorer.h"
#include "app/marks_command.h"
#include "app/sessions_command.h"

namespace app {

void Explorer::publishTried() {
    for (views::TriedVariation& entry : m_tried)
        entry.marks = m_feed.points().marksOf(entry.variation);
    m_feed.setTried(m_tried, wanted());
}

std::string Explorer::conditions() const {
    // A profile with other reserved memory is another object with the same id.
    const auto device = reinterpret_cast<uintptr_t>(m_knobs.device.get());
    return std::to_string(device) + ' ' + (m_knobs.data ? m_knobs.data->path.string() : "");
}

/// Variations that give the same network are deleted, and come back, together.
views::MarksEdit Explorer::ofEqualNetworks(const views::MarksEdit& edit) {
    const views::PointStore& points = m_feed.points();
    views::MarksEdit all = edit;
    for (const auto& [variation, marks] : edit) {
        const int row = points.rowOf(variation);
        if (row < 0 || marks.isDeleted == points.marksOf(variation).isDeleted) continue;
        for (const types::Variation& same : points.variations(row)) {
            if (same == variation) continue;
            all.emplace_back(same, points.marksOf(same));
            all.back().second.isDeleted = marks.isDeleted;
        }
    }
    return all;
}

void Explorer::editMarks(const views::MarksEdit& edit, const QString& text) {
    if (!m_graph || edit.empty()) return;
    const views::MarksEdit after = ofEqualNetworks(edit);
    views::MarksEdit before;
    bool deletesShown = false;
    for (const auto& [variation, marks] : after) {
        before.emplace_back(variation, m_feed.points().marksOf(variation));
        deletesShown |= marks.isDeleted && variation == wanted();
    }
    m_undo.beginMacro(text);
    if (deletesShown) chooseVariation({});
    m_undo.push(new MarksCommand(*this, std::move(before), after, text));
    m_undo.endMacro();
}

void Explorer::setMarks(const views::MarksEdit& edit) {
    m_feed.points().setMarks(edit);
    publishTried();
}

void Explorer::removeSessions(const std::vector<types::SessionPtr>& sessions) {
    if (sessions.empty()) return;
    const QString text =
        sessions.size() == 1
            ? tr("delete session %1").arg(QString::fromStdString(sessions.front()->name))
            : tr("delete %1 sessions").arg(sessions.size());
    m_undo.push(new SessionsCommand(m_book, sessions, text));
}

}  // namespace app
