// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionsCommand: one undo step that deletes sessions.

#include <QUndoCommand>

#include "app/session_book.h"

namespace app {

class SessionsCommand : public QUndoCommand {
public:
    SessionsCommand(SessionBook& book, const std::vector<types::SessionPtr>& sessions,
                    const QString& text)
        : QUndoCommand(text), m_book(book), m_sessions(sessions) {}

    /// Where they are is known when they are removed.
    void redo() override {
        m_places.clear();
        const auto& all = m_book.sessions();
        for (size_t i = 0; i < all.size(); ++i)
            for (const types::SessionPtr& session : m_sessions)
                if (all[i] == session) m_places.emplace_back(i, session);
        m_book.remove(m_sessions);
    }
    void undo() override {
        m_book.restore(m_places);
        m_sessions.clear();
        for (const auto& [place, session] : m_places)
            m_sessions.push_back(m_book.sessions()[std::min(place, m_book.sessions().size() - 1)]);
    }

private:
    SessionBook& m_book;
    std::vector<types::SessionPtr> m_sessions;
    std::vector<std::pair<size_t, types::SessionPtr>> m_places;
};

}  // namespace app
