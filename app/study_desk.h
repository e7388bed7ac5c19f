// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// StudyDesk: runs the studies that the window asks for, on the boards, sessions and models that
// Explorer holds. Thread rules: the GUI thread only; the work runs in a Job, and the newest
// question wins.

#include "app/explorer.h"
#include "types/study.h"
#include "views/widgets/pages/studies_page.h"

namespace app {

/// The studies there are, for the page's list.
std::vector<views::StudyEntry> studyEntries();

class StudyDesk : public QObject {
    Q_OBJECT

public:
    explicit StudyDesk(Explorer& explorer, QObject* parent = nullptr);

    void study(const views::StudyChoice& choice);
    Job& job() { return m_work; }

signals:
    void studied(const types::Study& study);
    void failed(const QString& message);

private:
    Explorer& m_explorer;
    Job m_work;
};

}  // namespace app
