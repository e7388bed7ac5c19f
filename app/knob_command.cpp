// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/knob_command.h"

namespace app {

KnobCommand::KnobCommand(Explorer& explorer, Knobs before, Knobs after, const QString& text,
                         quint64 group)
    : QUndoCommand(text),
      m_explorer(explorer),
      m_before(std::move(before)),
      m_after(std::move(after)),
      m_group(group) {}

void KnobCommand::undo() {
    m_explorer.setKnobs(m_before);
    m_explorer.finishEdit();
}

void KnobCommand::redo() {
    m_explorer.setKnobs(m_after);
}

bool KnobCommand::mergeWith(const QUndoCommand* other) {
    const auto* next = static_cast<const KnobCommand*>(other);
    if (next->m_group != m_group) return false;
    m_after = next->m_after;
    setText(next->text());
    setObsolete(m_after == m_before);
    return true;
}

}  // namespace app
