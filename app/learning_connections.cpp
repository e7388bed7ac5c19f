// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's pages Matrix, Calibrate, Profiles and Studies, and their controllers.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include "app/fit_desk.h"
#include "app/main_window.h"
#include "app/matrix_desk.h"
#include "app/profile_desk.h"
#include "app/study_desk.h"
#include "views/widgets/board_chooser.h"
#include "views/widgets/knobs/variation_panel.h"
#include "views/widgets/pages/sessions_page.h"
#include "views/widgets/work_strip.h"

namespace app {
namespace {

/// A page's strip shows the progress of its controller, and stops it.
void connectStrip(views::WorkStrip& strip, Job& job) {
    QObject::connect(&job, &Job::runningChanged, &strip, &views::WorkStrip::setRunning);
    QObject::connect(&job, &Job::progressed, &strip, &views::WorkStrip::setProgress);
    QObject::connect(&strip, &views::WorkStrip::cancelled, &job, &Job::cancel);
}

}  // namespace

void MainWindow::connectMatrix() {
    auto* desk = new MatrixDesk(m_explorer, this);
    auto* const matrix = &page<views::MatrixPage>();
    connectStrip(matrix->strip(), desk->job());
    connect(matrix, &views::MatrixPage::measureRequested, desk, &MatrixDesk::measure);
    connect(desk, &MatrixDesk::changed, matrix, &views::MatrixPage::setMatrix);
    connect(desk, &MatrixDesk::failed, matrix, &views::MatrixPage::showProblem);
    connect(&m_explorer, &Explorer::modelOpened, matrix,
            [matrix] { matrix->setModelOpen(true); });
    connect(matrix, &views::MatrixPage::sessionRequested, this, [this](const QString& name) {
        const auto& sessions = m_explorer.sessionBook().sessions();
        for (size_t row = 0; row < sessions.size(); ++row)
            if (sessions[row]->name == name.toStdString()) {
                showPage("sessions");
                page<views::SessionsPage>().pick({static_cast<int>(row)});
            }
    });
}

void MainWindow::connectFit() {
    auto* desk = new FitDesk(m_explorer, this);
    auto* const fit = &page<views::FitPage>();
    connectStrip(fit->strip(), desk->job());
    connect(fit, &views::FitPage::fitRequested, desk, &FitDesk::fit);
    connect(desk, &FitDesk::fitted, fit, &views::FitPage::showReport);
    connect(desk, &FitDesk::failed, this, &MainWindow::addMessage);
    connect(fit, &views::FitPage::saveRequested, this,
            [this, desk](const types::DevicePtr& profile) { saveProfile(*desk, *profile); });
    const SessionBook& book = m_explorer.sessionBook();
    connect(&book, &SessionBook::changed, fit, [fit, &book] { fit->setSessions(book.sessions()); });
}

void MainWindow::saveProfile(FitDesk& desk, const types::DeviceProfile& profile) {
    const QString proposed = QFileInfo(m_explorer.path())
                                 .dir()
                                 .filePath(QString::fromStdString(profile.id) + "-fitted.json");
    QString path = QFileDialog::getSaveFileName(this, tr("Save device profile"), proposed,
                                                tr("Device profiles (*.json)"));
    if (path.isEmpty()) return;
    if (!path.endsWith(".json")) path += ".json";
    const auto saved = desk.save(profile, path);
    if (!saved) return addMessage(QString::fromStdString(saved.error().message()));
    page<views::FitPage>().showNote(
        tr("%1 is written and can be chosen as a board until the window is closed. To have "
           "it each time, put the file into the folder of device profiles: "
           "resources/devices of the build, or share/netcaliper/devices where it is "
           "installed. The command line takes it as --device %2.")
            .arg(QFileInfo(path).fileName(), path));
}

void MainWindow::connectProfiles() {
    auto* desk = new ProfileDesk(m_explorer, this);
    auto* const profiles = &page<views::ProfilesPage>();
    connectStrip(profiles->strip(), desk->job());
    connect(profiles, &views::ProfilesPage::checkRequested, desk, &ProfileDesk::check);
    connect(desk, &ProfileDesk::checked, profiles, &views::ProfilesPage::showCheck);
    connect(desk, &ProfileDesk::failed, profiles, &views::ProfilesPage::showProblem);
    connect(&m_explorer.sessionBook(), &SessionBook::changed, profiles,
            &views::ProfilesPage::setOutdated);
    // Sessions of the model that is open now can be compared.
    connect(&m_explorer, &Explorer::modelOpened, profiles, &views::ProfilesPage::setOutdated);
}

void MainWindow::connectStudies() {
    auto* desk = new StudyDesk(m_explorer, this);
    auto* const studies = &page<views::StudiesPage>();
    connectStrip(studies->strip(), desk->job());
    connect(studies, &views::StudiesPage::studyRequested, desk, &StudyDesk::study);
    connect(desk, &StudyDesk::studied, studies, &views::StudiesPage::showStudy);
    connect(desk, &StudyDesk::failed, studies, &views::StudiesPage::showProblem);
    const auto outdate = [studies](bool isConcerned) {
        if (isConcerned) studies->setOutdated();
    };
    using Source = views::StudyChoice::Source;
    connect(&m_explorer.sessionBook(), &SessionBook::changed, studies,
            [studies, outdate] { outdate(studies->choice().source == Source::Sessions); });
    connect(&m_explorer.feed(), &views::EvaluationFeed::evaluated, studies, [studies, outdate] {
        outdate(studies->choice().source == Source::ThisBoard || studies->choice().ofOpenModel);
    });
    connect(&m_explorer, &Explorer::devicesChanged, studies,
            [studies, outdate] { outdate(studies->choice().source == Source::AllBoards); });
}

void MainWindow::showDevices() {
    m_board->setDevices(m_explorer.devices());
    m_variationPanel->setDevices(m_explorer.devices());
    page<views::FitPage>().setDevices(m_explorer.devices());
    page<views::ProfilesPage>().setDevices(m_explorer.devices());
    showChosenDevice();
}

}  // namespace app
