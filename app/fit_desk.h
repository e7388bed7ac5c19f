// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FitDesk: fits profiles to the layers that the window chooses, and keeps them: as a file and among
// Explorer's boards. Thread rules: the GUI thread only; the work runs in a Job.

#include "app/explorer.h"
#include "types/fit_report.h"
#include "views/widgets/pages/fit_page.h"

namespace app {

class FitDesk : public QObject {
    Q_OBJECT

public:
    explicit FitDesk(Explorer& explorer, QObject* parent = nullptr);

    void fit(const views::FitChoice& choice);
    /// Writes the profile under the id that the file's name gives, and offers it as a board for as
    /// long as the window is open.
    types::Result<types::DevicePtr> save(const types::DeviceProfile& profile, const QString& path);
    Job& job() { return m_work; }

signals:
    void fitted(const types::FitReport& report);
    void failed(const QString& message);

private:
    Explorer& m_explorer;
    Job m_work;
};

}  // namespace app
