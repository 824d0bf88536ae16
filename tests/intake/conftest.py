import pytest


@pytest.fixture
def files_dir(settings, tmp_path):
    """Where the files that somebody brings are kept."""
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def client(world, client_of):
    """The coordination’s browser."""
    return client_of(world.camille)
