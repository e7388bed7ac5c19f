// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProfileDesk: checks a profile against the sessions of the project and the table that the window
// names. Thread rules: the GUI thread only; the work runs in a Job, and the newest question wins.

#include "app/explorer.h"
#include "types/profile_check.h"
#include "views/widgets/pages/profiles_page.h"

namespace app {

class ProfileDesk : public QObject {
    Q_OBJECT

public:
    explicit ProfileDesk(Explorer& explorer, QObject* parent = nullptr);

    void check(const views::CheckChoice& choice);
    Job& job() { return m_work; }

signals:
    void checked(const types::ProfileCheck& check);
    void failed(const QString& message);

private:
    Explorer& m_explorer;
    Job m_work;
};

}  // namespace app
