// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BoardsDesk: finds out which boards the shown model fits, for the page Boards, and passes on what
// the user chooses and edits there. Thread rules: the GUI thread only; the work runs in a Job.

#include <set>

#include "app/explorer.h"
#include "views/widgets/pages/boards_page.h"

namespace app {

class BoardsDesk : public QObject {
    Q_OBJECT

public:
    /// The boards that Explorer has now are those that the program brings; later ones are the
    /// user's own.
    BoardsDesk(Explorer& explorer, views::BoardsPage& page, QObject* parent = nullptr);

private:
    std::vector<types::DevicePtr> boards() const;
    void match();
    void keep(const types::DevicePtr& device, bool isFlash, const types::ReservedMemory& line);

    Explorer& m_explorer;
    views::BoardsPage& m_page;
    std::set<std::string> m_bundled;  ///< ids
    QTimer m_delay;
    Job m_work;
};

}  // namespace app
